// One customer, three people.
using System.Collections.Generic;
using Pulumi;
using PulumiCommunity.WorkOS;
using PulumiCommunity.WorkOS.Inputs;

return await Deployment.RunAsync(() =>
{
    var acme = new Organization("acme", new OrganizationArgs
    {
        Name = "Acme",
        ExternalId = "acme",
        Domains = { new OrganizationDomainsArgs { Domain = "acme.example", State = OrganizationDomainsState.Verified } },
        Metadata = { ["plan"] = "team" },
    });

    var ann = new User("ann", new UserArgs
    {
        Email = "ann@acme.example",
        FirstName = "Ann",
        LastName = "Archer",
        EmailVerified = true,
        ExternalId = "employee-1",
        Metadata = { ["department"] = "engineering" },
    });
    var ben = new User("ben", new UserArgs { Email = "ben@acme.example", FirstName = "Ben", Locale = "de" });

    // DeletedWith: when the organization goes, WorkOS ends all that is in it.
    var inAcme = new CustomResourceOptions { DeletedWith = acme };

    _ = new OrganizationMembership("ann-acme", new OrganizationMembershipArgs
    {
        UserId = ann.Id,
        OrganizationId = acme.Id,
        RoleSlug = "admin",
    }, inAcme);
    _ = new OrganizationMembership("ben-acme", new OrganizationMembershipArgs
    {
        UserId = ben.Id,
        OrganizationId = acme.Id,
        RoleSlug = "member",
    }, inAcme);
    var cleo = new Invitation("cleo", new InvitationArgs
    {
        Email = "cleo@partner.example",
        OrganizationId = acme.Id,
        RoleSlug = "member",
        ExpiresInDays = 14,
    }, inAcme);
    var ci = new OrganizationApiKey("ci", new OrganizationApiKeyArgs { OrganizationId = acme.Id, Name = "CI" }, inAcme);

    return new Dictionary<string, object?>
    {
        ["organizationId"] = acme.Id,
        ["invitationState"] = cleo.State,
        ["ciKey"] = ci.Value,
    };
});
