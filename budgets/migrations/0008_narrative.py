import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The generated text is frozen with the tables; what is attached is an annex of it."""

    dependencies = [
        ('budgets', '0007_division'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel('Attachment', 'Annex'),
        migrations.AlterModelOptions('annex', {'verbose_name': '附件', 'verbose_name_plural': '附件'}),
        migrations.AlterField(
            model_name='annex',
            name='report',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='annex', to='budgets.report', verbose_name='编报'),
        ),
        migrations.AddField(
            model_name='approvedcontent',
            name='narrative',
            field=models.JSONField(null=True, verbose_name='说明文字'),
        ),
        migrations.AddField(
            model_name='publication',
            name='narrative',
            field=models.JSONField(null=True, verbose_name='说明文字'),
        ),
    ]
