"""What `make bench` measures: ratios to a floor taken in the same run. Printed, never asserted."""
