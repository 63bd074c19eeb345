from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0006_frozen_format'),
    ]

    operations = [
        migrations.RenameModel(old_name='Section', new_name='Division'),
    ]
