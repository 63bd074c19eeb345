import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0010_text_setting'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TableMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signature', models.CharField(max_length=64, verbose_name='表头')),
                ('answers', models.JSONField(verbose_name='回答')),
                ('at', models.DateTimeField(auto_now=True, verbose_name='时间')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='budgets.department', verbose_name='部门')),
            ],
            options={
                'verbose_name': '记住的表',
                'verbose_name_plural': '记住的表',
                'ordering': ['department', 'signature'],
                'constraints': [models.UniqueConstraint(fields=('department', 'signature'), name='table_memory_unique')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.PositiveSmallIntegerField(default=1, verbose_name='格式')),
                ('name', models.CharField(max_length=80, verbose_name='文件名')),
                ('path', models.CharField(blank=True, max_length=200, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveIntegerField(verbose_name='大小')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='回答')),
                ('plan', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='预览')),
                ('sections', models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='要写入的内容')),
                ('looks', models.PositiveIntegerField(default=1, verbose_name='预览次数')),
                ('state', models.CharField(choices=[('waiting', '待确认'), ('taken', '已写入'), ('undone', '已撤销'), ('dropped', '已放弃')], default='waiting', max_length=8, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='写入时间')),
                ('written', models.JSONField(blank=True, default=dict, verbose_name='已写入的内容')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='budgets.report', verbose_name='编报')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '上传的表',
                'verbose_name_plural': '上传的表',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['report', 'sha256'], name='upload_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'taken', 'undone', 'dropped'])), name='upload_state'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taken', 'undone']), ('taken_at__isnull', False)), models.Q(('state__in', ['waiting', 'dropped']), ('taken_at__isnull', True)), _connector='OR'), name='upload_taken'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False), ('undone_by__isnull', False)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', True), ('undone_by__isnull', True)), _connector='OR'), name='upload_undone')],
            },
        ),
    ]
