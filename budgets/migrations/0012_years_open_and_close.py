import datetime

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

KINDS = [('budget', '部门预算'), ('final', '部门决算')]
FIRST_YEAR, LAST_YEAR, YEARS_AHEAD = 1990, 2100, 2


def keep_open(apps, schema_editor):
    """Open each kind that an existing year has tables for, in its history too: so it was until now.

    Years that can only be mistyped stay closed, so that they are nobody's default any more: those of two digits, and
    those far ahead for which nobody has a report.
    """
    FiscalYear = apps.get_model('budgets', 'FiscalYear')
    Report = apps.get_model('budgets', 'Report')
    last = datetime.date.today().year + YEARS_AHEAD
    reported = set(Report.objects.values_list('fiscal_year', flat=True))
    mistyped = [
        pk
        for pk, year in FiscalYear.objects.values_list('pk', 'year')
        if not FIRST_YEAR <= year <= (LAST_YEAR if pk in reported else last)
    ]
    for model in (FiscalYear, apps.get_model('budgets', 'HistoricalFiscalYear')):
        for kind, _ in KINDS:
            rows = model.objects.exclude(id__in=mistyped).exclude(**{f'{kind}_profile': ''})
            rows.update(**{f'{kind}_open': True})


def part_from_itself(apps, schema_editor):
    """A department that is its own parent (主管部门) has none. The trail says that the upgrade did it."""
    Department = apps.get_model('budgets', 'Department')
    History = apps.get_model('budgets', 'HistoricalDepartment')
    for department in Department.objects.filter(parent=models.F('id')):
        department.parent = None
        department.save(update_fields=['parent'])
        values = {field.attname: getattr(department, field.attname) for field in Department._meta.concrete_fields}
        History.objects.create(
            **values,
            history_date=timezone.now(),
            history_type='~',
            history_change_reason='主管部门是本部门自己，升级时清空',
        )


def settle(apps, schema_editor):
    """PostgreSQL alters no table while checks of rows that were changed before are still to come."""
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0011_uploads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name=name,
                field=models.BooleanField(default=False, verbose_name=title),
            )
            for model in ('fiscalyear', 'historicalfiscalyear')
            for name, title in (
                ('budget_open', '预算开放'),
                ('final_open', '决算开放'),
                # Off for the years that are there, on for new ones.
                ('deadline_closes', '截止后不能首次报送'),
            )
        ),
        *(
            migrations.AlterField(
                model_name=model,
                name='deadline_closes',
                field=models.BooleanField(default=True, verbose_name='截止后不能首次报送'),
            )
            for model in ('fiscalyear', 'historicalfiscalyear')
        ),
        migrations.RunPython(keep_open, migrations.RunPython.noop),
        migrations.RunPython(part_from_itself, migrations.RunPython.noop),
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.CheckConstraint(
                condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'),
                name='department_parent',
                violation_error_message='主管部门不能是本部门',
            ),
        ),
        migrations.AddConstraint(
            model_name='fiscalyear',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(('year__gte', 1990), ('year__lte', 2100)),
                    models.Q(('budget_open', False), ('final_open', False)),
                    _connector='OR',
                ),
                name='fiscal_year_open',
                violation_error_message='只有 1990 到 2100 之间的年度可以开放',
            ),
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=KINDS, max_length=8, verbose_name='种类')),
                ('until', models.DateField(verbose_name='延期至')),
                ('reason', models.TextField(verbose_name='理由')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='budgets.department', verbose_name='部门')),
                ('fiscal_year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='budgets.fiscalyear', verbose_name='年度')),
                ('granted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
            ],
            options={
                'verbose_name': '延期',
                'verbose_name_plural': '延期',
                'ordering': ['-fiscal_year__year', 'kind', 'department__code'],
                'constraints': [
                    models.UniqueConstraint(fields=('department', 'fiscal_year', 'kind'), name='extension_unique', violation_error_message='这个部门已经有延期，请在列表中打开它修改'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['budget', 'final'])), name='extension_kind'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalExtension',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=KINDS, max_length=8, verbose_name='种类')),
                ('until', models.DateField(verbose_name='延期至')),
                ('reason', models.TextField(verbose_name='理由')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('department', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='budgets.department', verbose_name='部门')),
                ('fiscal_year', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='budgets.fiscalyear', verbose_name='年度')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 延期',
                'verbose_name_plural': 'historical 延期',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
