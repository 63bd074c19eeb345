import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0009_statement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalTextSetting',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('budget', '部门预算'), ('final', '部门决算')], max_length=8, verbose_name='种类')),
                ('chapter', models.CharField(max_length=40, verbose_name='章节')),
                ('pattern', models.CharField(blank=True, max_length=40, verbose_name='句子')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='标题')),
                ('position', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='排在第几')),
                ('note', models.TextField(blank=True, verbose_name='附加的说明')),
                ('template', models.TextField(blank=True, verbose_name='写法')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('fiscal_year', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='budgets.fiscalyear', verbose_name='年度')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 说明文字设置',
                'verbose_name_plural': 'historical 说明文字设置',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='科目编码或名词')),
                ('text', models.TextField(verbose_name='释义')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='budgets.classificationedition', verbose_name='版本')),
            ],
            options={
                'verbose_name': '名词释义',
                'verbose_name_plural': '名词释义',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'name'), name='definition_unique')],
            },
        ),
        migrations.CreateModel(
            name='TextSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('budget', '部门预算'), ('final', '部门决算')], max_length=8, verbose_name='种类')),
                ('chapter', models.CharField(max_length=40, verbose_name='章节')),
                ('pattern', models.CharField(blank=True, max_length=40, verbose_name='句子')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='标题')),
                ('position', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='排在第几')),
                ('note', models.TextField(blank=True, verbose_name='附加的说明')),
                ('template', models.TextField(blank=True, verbose_name='写法')),
                ('fiscal_year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='text_settings', to='budgets.fiscalyear', verbose_name='年度')),
            ],
            options={
                'verbose_name': '说明文字设置',
                'verbose_name_plural': '说明文字设置',
                'ordering': ['fiscal_year', 'kind', 'chapter', 'pattern'],
                'constraints': [models.UniqueConstraint(fields=('fiscal_year', 'kind', 'chapter', 'pattern'), name='text_setting_unique')],
            },
        ),
    ]
