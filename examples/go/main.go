// One customer, three people.
package main

import (
	"github.com/pulumi-workos/pulumi-workos/sdk/go/workos"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		acme, err := workos.NewOrganization(ctx, "acme", &workos.OrganizationArgs{
			Name:       pulumi.String("Acme"),
			ExternalId: pulumi.String("acme"),
			Domains: workos.OrganizationDomainsArray{
				workos.OrganizationDomainsArgs{
					Domain: pulumi.String("acme.example"),
					State:  workos.OrganizationDomainsStateVerified,
				},
			},
			Metadata: pulumi.StringMap{"plan": pulumi.String("team")},
		})
		if err != nil {
			return err
		}

		ann, err := workos.NewUser(ctx, "ann", &workos.UserArgs{
			Email:         pulumi.String("ann@acme.example"),
			FirstName:     pulumi.String("Ann"),
			LastName:      pulumi.String("Archer"),
			EmailVerified: pulumi.Bool(true),
			ExternalId:    pulumi.String("employee-1"),
			Metadata:      pulumi.StringMap{"department": pulumi.String("engineering")},
		})
		if err != nil {
			return err
		}
		ben, err := workos.NewUser(ctx, "ben", &workos.UserArgs{
			Email:     pulumi.String("ben@acme.example"),
			FirstName: pulumi.String("Ben"),
			Locale:    pulumi.String("de"),
		})
		if err != nil {
			return err
		}

		// DeletedWith: when the organization goes, WorkOS ends all that is in it.
		inAcme := pulumi.DeletedWith(acme)

		if _, err := workos.NewOrganizationMembership(ctx, "ann-acme", &workos.OrganizationMembershipArgs{
			UserId:         ann.ID(),
			OrganizationId: acme.ID(),
			RoleSlug:       pulumi.String("admin"),
		}, inAcme); err != nil {
			return err
		}
		if _, err := workos.NewOrganizationMembership(ctx, "ben-acme", &workos.OrganizationMembershipArgs{
			UserId:         ben.ID(),
			OrganizationId: acme.ID(),
			RoleSlug:       pulumi.String("member"),
		}, inAcme); err != nil {
			return err
		}
		cleo, err := workos.NewInvitation(ctx, "cleo", &workos.InvitationArgs{
			Email:          pulumi.String("cleo@partner.example"),
			OrganizationId: acme.ID(),
			RoleSlug:       pulumi.String("member"),
			ExpiresInDays:  pulumi.Int(14),
		}, inAcme)
		if err != nil {
			return err
		}
		ci, err := workos.NewOrganizationApiKey(ctx, "ci", &workos.OrganizationApiKeyArgs{
			OrganizationId: acme.ID(),
			Name:           pulumi.String("CI"),
		}, inAcme)
		if err != nil {
			return err
		}

		ctx.Export("organizationId", acme.ID())
		ctx.Export("invitationState", cleo.State)
		ctx.Export("ciKey", ci.Value)
		return nil
	})
}
