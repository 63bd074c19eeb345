import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0006_frozen_format'),
    ]

    operations = [
        migrations.RenameModel(old_name='Section', new_name='Division'),
        migrations.AlterField(
            model_name='division',
            name='department',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='divisions', to='budgets.department', verbose_name='部门'),
        ),
    ]
