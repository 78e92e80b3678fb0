"""The provider of OpenID Connect that vouches for people.

Nothing counts that it has not signed for this site: the signature is looked at although the token came over TLS, the
issuer is the one that was set and no other, and what the provider tells beside the token is about the same person.
"""

import hashlib
from typing import Any, cast

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

ALGORITHMS = frozenset("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split())
"""Signatures with a pair of keys: the public half of one is no secret with which somebody could sign."""


class ProviderAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """How the provider is asked, and what of its answer is believed."""

    @property
    def openid_config(self) -> dict[str, Any]:
        try:
            told = super().openid_config
            if told.get("issuer") != self.get_provider().app.settings["server_url"]:
                raise OAuth2Error("the provider calls itself by another name than the one that was set")
        except (RequestException, ValueError, OAuth2Error) as error:
            answer = render_authentication_error(self.request, self.get_provider(), exception=error)
            raise ImmediateHttpResponse(answer) from error
        return cast(dict[str, object], told)

    def complete_login(self, request: HttpRequest, app: object, token: object, **more: object) -> Any:
        login = super().complete_login(request, app, token, **more)
        told = login.account.extra_data
        if told.get("id_token", {}).get("sub") != told.get("userinfo", {}).get("sub"):
            raise OAuth2Error("the provider did not sign for the person whom it describes")
        login.account.uid = _identity(self.openid_config["issuer"], login.account.uid)
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> Any:
        """Look at the signature, the issuer, the time, and whom the token is for.

        Raises:  OAuth2Error.
        """
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in ALGORITHMS:
                raise OAuth2Error("the token is not signed in a way that counts")
            return jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (jwt.PyJWTError, KeyError, TypeError) as error:
            raise OAuth2Error("the token cannot be read") from error


def _identity(issuer: str, subject: str) -> str:
    """Name a person by provider and number there: the same number at another provider is somebody else."""
    return hashlib.sha256(f"{issuer} {subject}".encode()).hexdigest()


class Go(OAuth2LoginView):  # type: ignore[misc]
    """The way to the provider."""

    def get_provider(self) -> object:
        provider = super().get_provider()
        provider.oauth2_adapter_class = ProviderAdapter
        return provider


def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead somebody to the provider."""
    return _answer(Go, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider answered."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return cast(HttpResponse, view.adapter_view(ProviderAdapter(request, provider_id))(request))
    except SocialApp.DoesNotExist:
        raise Http404 from None
