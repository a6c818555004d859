"""What applications do with the Python SDK `workos`, as its readme has it. Where AuthKit is says the environment."""

import hashlib
import hmac
import json
import os
import time
import unittest
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlparse
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

from cryptography.fernet import Fernet
from workos import WorkOSClient
from workos._errors import BadRequestError, NotFoundError, OrganizationSelectionRequiredError
from workos.organization_membership import RoleSingle
from workos.session import seal_session_from_auth_response
from workos.user_management import PasswordPlaintext

workos = WorkOSClient(
    api_key="sk_test_local",
    client_id="client_local",
    base_url=os.environ["AUTHKIT_URL"],
    jwt_issuer=f"{os.environ['AUTHKIT_URL']}/user_management/client_local",
)
users = workos.user_management
cookie_password = Fernet.generate_key().decode()
password = "correct horse battery"
redirect_uri = "http://localhost:8000/callback"
count = 0


def person(**fields):
    global count
    count += 1
    return users.create_user(
        email=f"python-{os.getpid()}-{count}@example.com",
        email_verified=True,
        password=PasswordPlaintext(password=password),
        **fields,
    )


def code_for(url, email):
    body = json.dumps({"url": url, "email": email, "password": password}).encode()
    with urlopen(Request(os.environ["PERSON_URL"], data=body)) as answer:
        return {name: values[0] for name, values in parse_qs(urlparse(json.load(answer)["location"]).query).items()}


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class SignIn(unittest.TestCase):
    def test_a_sealed_session_is_authenticated_refreshed_and_ended_at_the_logout_address(self):
        user = person()
        url = users.get_authorization_url(provider="authkit", redirect_uri=redirect_uri, state="here")
        back = code_for(url, user.email)
        self.assertEqual(back["state"], "here")
        signed_in = users.authenticate_with_code(code=back["code"])
        self.assertEqual(signed_in.user.id, user.id)
        sealed = seal_session_from_auth_response(
            access_token=signed_in.access_token,
            refresh_token=signed_in.refresh_token,
            user=signed_in.user.to_dict(),
            cookie_password=cookie_password,
        )
        session = users.load_sealed_session(session_data=sealed, cookie_password=cookie_password)
        found = session.authenticate()
        self.assertTrue(found.authenticated, found)
        refreshed = session.refresh()
        self.assertTrue(refreshed.authenticated, refreshed)
        with self.assertRaises(HTTPError) as sent_back:
            build_opener(NoRedirects).open(session.get_logout_url(return_to="http://localhost:8000/"))
        self.assertEqual(sent_back.exception.headers["Location"], "http://localhost:8000/")
        sent_back.exception.close()
        self.assertEqual(users.list_sessions(user.id).data, [])
        self.assertFalse(session.refresh().authenticated)

    def test_a_code_is_bound_to_who_asked_by_pkce(self):
        user = person()
        asked = users.get_authorization_url_with_pkce(provider="authkit", redirect_uri=redirect_uri)
        back = code_for(asked["url"], user.email)
        self.assertEqual(back["state"], asked["state"])
        signed_in = users.authenticate_with_code_pkce(code=back["code"], code_verifier=asked["code_verifier"])
        self.assertEqual(signed_in.user.id, user.id)

    def test_a_password_an_emailed_code_and_a_refresh_token(self):
        user = person()
        signed_in = users.authenticate_with_password(email=user.email, password=password)
        self.assertEqual(signed_in.authentication_method, "Password")
        code = users.create_magic_auth(email=user.email).code
        by_code = users.authenticate_with_magic_auth(email=user.email, code=code)
        renewed = users.authenticate_with_refresh_token(refresh_token=by_code.refresh_token)
        self.assertNotEqual(renewed.refresh_token, by_code.refresh_token)
        with self.assertRaises(BadRequestError):
            users.authenticate_with_password(email=user.email, password="wrong")

    def test_one_of_several_organizations_is_chosen(self):
        user = person()
        acme, beta = (workos.organizations.create_organization(name=name) for name in ("Acme", "Beta"))
        for organization in (acme, beta):
            workos.organization_membership.create_organization_membership(
                user_id=user.id, organization_id=organization.id, role=RoleSingle(role_slug="admin")
            )
        with self.assertRaises(OrganizationSelectionRequiredError) as asked:
            users.authenticate_with_password(email=user.email, password=password)
        chosen = users.authenticate_with_organization_selection(
            pending_authentication_token=asked.exception.pending_authentication_token, organization_id=beta.id
        )
        self.assertEqual(chosen.organization_id, beta.id)


class Management(unittest.TestCase):
    def test_people_are_made_listed_page_by_page_changed_and_deleted(self):
        made = [person(first_name="Ann") for _ in range(3)]
        listed = {user.id for user in users.list_users(limit=1).auto_paging_iter()}
        self.assertLessEqual({user.id for user in made}, listed)
        changed = users.update_user(made[0].id, last_name="Bell", metadata={"desk": "4"})
        self.assertEqual((changed.last_name, changed.metadata), ("Bell", {"desk": "4"}))
        users.delete_user(made[0].id)
        with self.assertRaises(NotFoundError):
            users.get_user(made[0].id)

    def test_organizations_invitations_and_memberships(self):
        acme = workos.organizations.create_organization(name="Acme", external_id=f"own-{os.getpid()}")
        found = workos.organizations.get_organization_by_external_id(f"own-{os.getpid()}")
        self.assertEqual(found.id, acme.id)
        invitation = users.send_invitation(email=f"new-{os.getpid()}@example.com", organization_id=acme.id)
        self.assertEqual(users.find_invitation_by_token(invitation.token).id, invitation.id)
        membership = workos.organization_membership.create_organization_membership(
            user_id=person().id, organization_id=acme.id
        )
        self.assertEqual(membership.status, "active")

    def test_events_tell_what_happened(self):
        user = person()
        events = workos.events.list_events(events=["user.created"]).auto_paging_iter()
        self.assertIn(user.id, [event.data.id for event in events])

    def test_the_secret_of_a_webhook_endpoint_verifies_what_is_signed_by_it(self):
        endpoint = workos.webhooks.create_webhook_endpoint(
            endpoint_url=f"https://app.example.com/{os.getpid()}", events=["user.created"]
        )
        body = json.dumps({"id": "event_1"})
        now = int(time.time() * 1000)
        signed = hmac.new(endpoint.secret.encode(), f"{now}.{body}".encode(), hashlib.sha256).hexdigest()
        workos.webhooks.verify_header(event_body=body, event_signature=f"t={now}, v1={signed}", secret=endpoint.secret)


if __name__ == "__main__":
    unittest.main()
