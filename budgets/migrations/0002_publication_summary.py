from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="summary",
            field=models.JSONField(default=dict, verbose_name="摘要"),
        ),
    ]
