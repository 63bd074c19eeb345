"""The forms of sections: they read what a person types into the exchange JSON of the parts."""
