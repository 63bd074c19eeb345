import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0008_narrative'),
    ]

    operations = [
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9_.-]{1,64}$')], verbose_name='行标识')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='顺序')),
                ('point', models.CharField(choices=[('overview', '概况'), ('work', '年度工作'), ('performance', '绩效综述'), ('other', '其他需要说明的情况')], default='other', max_length=24, verbose_name='位置')),
                ('text', models.TextField(blank=True, verbose_name='补充的内容')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='budgets.report', verbose_name='编报')),
            ],
            options={
                'verbose_name': '补充段落',
                'verbose_name_plural': '补充段落',
                'ordering': ['position', 'id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('report', 'key'), name='passage_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Rewording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9_.-]{1,64}$')], verbose_name='行标识')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='顺序')),
                ('sentence', models.CharField(blank=True, max_length=200, verbose_name='句子')),
                ('original', models.TextField(blank=True, verbose_name='原来的写法')),
                ('wording', models.TextField(blank=True, verbose_name='改写')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='budgets.report', verbose_name='编报')),
            ],
            options={
                'verbose_name': '改写的句子',
                'verbose_name_plural': '改写的句子',
                'ordering': ['position', 'id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('report', 'key'), name='rewording_key_unique')],
            },
        ),
    ]
