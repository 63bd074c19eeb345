"""The routes: admin, login, logout and password here, everything else in the apps."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from budgets.admin.errors import errors
from budgets.views.login import LoginForm
from budgets.views.password import PasswordPage

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("admin/errors/", admin.site.admin_view(errors), name="errors"),
    path("admin/", admin.site.urls),
    path(
        "login/",
        LoginView.as_view(
            template_name="registration/login.html",
            authentication_form=LoginForm,
            redirect_authenticated_user=True,
        ),
        name="login",
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", PasswordPage.as_view(), name="password"),
    path("", include("budgets.urls")),
]
