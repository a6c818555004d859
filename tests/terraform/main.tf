# One of every resource that the Terraform provider has, in the shapes that people write.

terraform {
  required_providers {
    workos = {
      source = "osodevops/workos"
    }
  }
}

# With WORKOS_API_KEY and WORKOS_BASE_URL of the environment.
provider "workos" {}

variable "edition" {
  description = "What changes in place is named after it."
  default     = "first"
}

resource "workos_permission" "read" {
  slug        = "invoices:read"
  name        = "Read invoices, ${var.edition}"
  description = "Sees what was invoiced"

  # Left out, the provider makes a new permission for every other name.
  resource_type_slug = "organization"
}

resource "workos_permission" "pay" {
  slug = "invoices:pay"
  name = "Pay invoices"
}

resource "workos_environment_role" "auditor" {
  slug        = "auditor"
  name        = "Auditor"
  description = "Reads, ${var.edition}"
  permissions = [workos_permission.read.slug]
}

resource "workos_organization" "acme" {
  name        = "Acme, ${var.edition}"
  external_id = "acme"
  metadata    = { plan = "pro", edition = var.edition }

  # The provider would take the domain below away again: it reads it back into an argument that is not set here.
  lifecycle {
    ignore_changes = [domains]
  }
}

resource "workos_organization" "beta" {
  name    = "Beta"
  domains = ["beta.example"]
}

resource "workos_organization_domain" "acme" {
  organization_id = workos_organization.acme.id
  domain          = "acme.example"
}

resource "workos_organization_role" "billing" {
  organization_id = workos_organization.acme.id
  slug            = "org-billing"
  name            = "Billing, ${var.edition}"
  description     = "Pays"
}

resource "workos_organization_role_permission" "billing" {
  for_each        = toset([workos_permission.read.slug, workos_permission.pay.slug])
  organization_id = workos_organization.acme.id
  role_slug       = workos_organization_role.billing.slug
  permission      = each.value
}

resource "workos_organization_role" "editor" {
  organization_id    = workos_organization.acme.id
  slug               = "org-editor"
  name               = "Editor"
  resource_type_slug = "project"
}

resource "workos_user" "people" {
  for_each       = toset(["ann", "ben"])
  email          = "${each.key}@acme.example"
  first_name     = title(each.key)
  last_name      = var.edition
  email_verified = true
  external_id    = each.key
  metadata       = { edition = var.edition }
}

resource "workos_user" "cleo" {
  email    = "cleo@beta.example"
  password = "correct horse battery staple ${var.edition}"
}

resource "workos_organization_membership" "ann" {
  user_id         = workos_user.people["ann"].id
  organization_id = workos_organization.acme.id
  role_slug       = var.edition == "first" ? "member" : workos_organization_role.billing.slug
}

resource "workos_organization_membership" "ben" {
  user_id         = workos_user.people["ben"].id
  organization_id = workos_organization.acme.id
  role_slugs      = [workos_organization_role.billing.slug, "member"]
}

resource "workos_organization_membership" "cleo" {
  user_id         = workos_user.cleo.id
  organization_id = workos_organization.beta.id
}

resource "workos_group" "finance" {
  organization_id = workos_organization.acme.id
  name            = "Finance"
  description     = "Who pays, ${var.edition}"
}

resource "workos_group_membership" "ann" {
  organization_id            = workos_organization.acme.id
  group_id                   = workos_group.finance.id
  organization_membership_id = workos_organization_membership.ann.id
}

resource "workos_authorization_resource" "work" {
  organization_id    = workos_organization.acme.id
  resource_type_slug = "project"
  external_id        = "work"
  name               = "Work"
}

resource "workos_authorization_resource" "apollo" {
  organization_id    = workos_organization.acme.id
  resource_type_slug = "project"
  external_id        = "apollo"
  name               = "Apollo, ${var.edition}"
  description        = "To the moon"
  parent_resource_id = workos_authorization_resource.work.id
}

resource "workos_authorization_role_assignment" "ann" {
  organization_membership_id = workos_organization_membership.ann.id
  role_slug                  = workos_organization_role.editor.slug
  resource_id                = workos_authorization_resource.apollo.id
}

resource "workos_authorization_role_assignment" "ben" {
  organization_membership_id = workos_organization_membership.ben.id
  role_slug                  = workos_organization_role.editor.slug
  resource_external_id       = workos_authorization_resource.work.external_id
  resource_type_slug         = workos_authorization_resource.work.resource_type_slug
}

resource "workos_connect_application" "sync" {
  name             = "Nightly sync, ${var.edition}"
  application_type = "m2m"
  organization_id  = workos_organization.acme.id
  scopes           = ["openid"]
  redirect_uris    = [] # left out, the provider cannot build its request
}

resource "workos_connect_application" "site" {
  name             = "Site"
  application_type = "oauth"
  is_first_party   = true
  uses_pkce        = true
  redirect_uris    = [{ uri = "https://site.example/callback", default = true }]
}
