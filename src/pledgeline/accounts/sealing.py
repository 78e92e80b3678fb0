"""Secrets that have to be read again, such as those of authenticator apps: encrypted in the database.

The key follows from the secret of the installation, which does not lie in the database: a copy of the database
alone gives no second factor away. After a change of that secret the former ones still open what they sealed.
"""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

_PURPOSE = b"pledgeline second factors"


def sealed(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def opened(token: str) -> str:
    """Raises: cryptography.fernet.InvalidToken where no secret of the installation has sealed it."""
    return _keys().decrypt(token.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE).derive(force_bytes(secret))
    return Fernet(base64.urlsafe_b64encode(derived))
