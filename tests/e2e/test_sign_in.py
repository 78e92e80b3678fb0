"""Passkeys and invitations in a real browser, with an authenticator that the browser itself plays."""

import pytest

from tests.e2e.house import PASSWORD

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(browser, fitted_out):
    made = browser.new_context(base_url=fitted_out.replace("127.0.0.1", "localhost")).new_page()
    tool = made.context.new_cdp_session(made)
    tool.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield made
    made.context.close()


def test_a_passkey_is_added_and_signs_in_without_a_password(page):
    main = page.get_by_role("main")
    page.goto("/sign-in/")
    page.get_by_label("Name").fill("reader")
    page.get_by_label("Password").fill(PASSWORD)
    main.get_by_role("button", name="Sign in").click()
    main.get_by_role("heading", name="reader").wait_for()

    page.goto("/account/second-factor/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.get_by_label("Name").fill("A laptop")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    main.get_by_role("heading", name="Recovery Codes").wait_for()

    page.goto("/account/")
    main.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.locator("#passkey_login").click()
    main.get_by_role("heading", name="reader").wait_for()
    assert "With your password and a second factor." in main.inner_text()
