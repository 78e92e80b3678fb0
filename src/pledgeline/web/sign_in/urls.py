"""The addresses of signing in and of one's account. The names without a room are those that django-allauth looks up."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.socialaccount import views as connections
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from pledgeline.web.sign_in import provider

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/closed/", account.signup, name="account_signup"),
    path("sign-in/reset/", account.password_reset, name="account_reset_password"),
    path("sign-in/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sign-in/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/set-password/", account.password_set, name="account_set_password"),
    path(
        "account/second-factor/recovery-codes/",
        reauthentication_required(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/download/",
        reauthentication_required(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/connections/", connections.connections, name="socialaccount_connections"),
    path("sign-in/provider/closed/", connections.signup, name="socialaccount_signup"),
    path("sign-in/provider/cancelled/", connections.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/provider/error/", connections.login_error, name="socialaccount_login_error"),
    path("sign-in/oidc/<str:provider_id>/login/", provider.go, name="openid_connect_login"),
    path(
        "sign-in/oidc/<str:provider_id>/login/callback/", provider.come_back, name="openid_connect_callback"
    ),
    path("account/email/", RedirectView.as_view(pattern_name="web:account"), name="account_email"),
    path(
        "account/email/sent/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
]
