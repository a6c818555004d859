"""One customer, three people."""

import pulumi
import pulumi_workos as workos

acme = workos.Organization(
    "acme",
    name="Acme",
    external_id="acme",
    domains=[{"domain": "acme.example", "state": workos.OrganizationDomainsState.VERIFIED}],
    metadata={"plan": "team"},
)

ann = workos.User(
    "ann",
    email="ann@acme.example",
    first_name="Ann",
    last_name="Archer",
    email_verified=True,
    external_id="employee-1",
    metadata={"department": "engineering"},
)
ben = workos.User("ben", email="ben@acme.example", first_name="Ben", locale="de")

# `deleted_with`: when the organization goes, WorkOS ends all that is in it.
in_acme = pulumi.ResourceOptions(deleted_with=acme)

workos.OrganizationMembership(
    "ann-acme", user_id=ann.id, organization_id=acme.id, role_slug="admin", opts=in_acme
)
workos.OrganizationMembership(
    "ben-acme", user_id=ben.id, organization_id=acme.id, role_slug="member", opts=in_acme
)
cleo = workos.Invitation(
    "cleo",
    email="cleo@partner.example",
    organization_id=acme.id,
    role_slug="member",
    expires_in_days=14,
    opts=in_acme,
)
ci = workos.OrganizationApiKey("ci", organization_id=acme.id, name="CI", opts=in_acme)

pulumi.export("organizationId", acme.id)
pulumi.export("invitationState", cleo.state)
pulumi.export("ciKey", ci.value)
