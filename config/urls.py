"""The routes: admin, login, logout and password here, everything else in the apps."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from budgets.views.login import LoginForm
from budgets.views.password import PasswordPage

urlpatterns = [
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
