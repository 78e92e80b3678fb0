"""Passkeys and invitations in a real browser, with an authenticator that the browser itself plays."""

import pytest

from tests.e2e.house import PASSWORD
from tests.e2e.soundness import faults

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
    assert faults(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.get_by_label("Name").fill("A laptop")
    page.locator("input[name=passwordless]").check()
    assert faults(page) == []
    page.locator("#mfa_webauthn_add").click()
    main.get_by_role("heading", name="Recovery codes", exact=True).wait_for()
    assert faults(page) == []
    page.goto("/account/second-factor/")
    assert faults(page) == []

    page.get_by_role("link", name="Show and change them").click()
    main.locator("td", has_text="A laptop").first.wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Remove … A laptop").click()
    main.get_by_role("button", name="Remove it").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Keep it").click()
    page.get_by_role("link", name="Rename A laptop").click()
    page.get_by_label("Name").fill("The old laptop")
    assert faults(page) == []
    main.get_by_role("button", name="Save").click()
    main.locator("td", has_text="The old laptop").first.wait_for()

    page.goto("/account/")
    main.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.locator("#passkey_login").click()
    main.get_by_role("heading", name="reader").wait_for()
    assert "With your password and a second factor." in main.inner_text()


def test_the_qr_code_of_an_app_is_black_on_white_in_the_dark_too(page):
    main = page.get_by_role("main")
    page.emulate_media(color_scheme="dark")
    page.goto("/sign-in/?next=/account/second-factor/totp/activate/")
    page.get_by_label("Name").fill("planner")
    page.get_by_label("Password").fill(PASSWORD)
    main.get_by_role("button", name="Sign in").click()
    main.get_by_role("heading", name="Is it still you?").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.locator("img.qr").wait_for()

    background = page.locator("img.qr").evaluate("each => getComputedStyle(each).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    assert faults(page) == []
    page.get_by_label("Six digits").fill("000000")
    page.get_by_label("Six digits").press("Enter")
    page.locator(".field-error").wait_for()
    assert faults(page) == []


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/",
        "/sign-in/reset/",
        "/sign-in/reset/done/",
        "/sign-in/reset/2-used-link/",
        "/sign-in/inactive/",
    ],
)
def test_the_pages_before_signing_in_have_no_barrier(open_page, path):
    assert faults(open_page(path)) == []


def test_a_link_is_shown_whole_on_a_telephone(page):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/sign-in/?next=/people/invite/")
    page.get_by_label("Name").fill("boss")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Name").fill("Eve")
    page.get_by_role("button", name="Make the link").click()
    page.locator(".link-once").wait_for()

    assert faults(page) == []
