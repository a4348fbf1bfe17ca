terraform {
  required_providers {
    drover = {
      source  = "drover.dev/drover/drover"
      version = "~> 0.1"
    }
  }
}

# Address and token come from DROVER_ADDR and DROVER_TOKEN.
provider "drover" {}

# Where software may run.

resource "drover_cluster" "local" {
  name            = "local"
  display_name    = "Nomad on this machine"
  servers         = [var.nomad_address]
  token_reference = var.nomad_token_reference
}

resource "drover_project" "shop" {
  name         = "shop"
  display_name = "Web shop"
  owners       = ["group:owners"]
}

module "staging" {
  source = "../../modules/environment"

  project         = drover_project.shop.name
  name            = "staging"
  tier            = "staging"
  cluster         = drover_cluster.local.id
  namespace       = "staging"
  allowed_drivers = ["raw_exec"]
  variables = {
    greeting = "Hello from staging"
    payments = "sandbox"
    replicas = 1
  }
}

module "prod" {
  source = "../../modules/environment"

  project         = drover_project.shop.name
  name            = "prod"
  tier            = "prod"
  cluster         = drover_cluster.local.id
  namespace       = "prod"
  allowed_drivers = ["raw_exec"]
  variables = {
    greeting = "Hello"
    payments = "live"
    replicas = 2
  }
}

# Which way it goes.

resource "drover_pipeline" "main" {
  project = drover_project.shop.name
  name    = "main"
  stages = [
    { id = "staging", environments = [module.staging.id] },
    { id = "prod", environments = [module.prod.id], after = ["staging"] },
  ]
}

resource "drover_application" "storefront" {
  project      = drover_project.shop.name
  name         = "storefront"
  display_name = "Storefront"
  pipeline     = drover_pipeline.main.id
  owners       = ["group:owners"]
  jobs = [
    { id = "storefront-web" },
    { id = "storefront-worker" },
  ]
  strategy = {
    canary = {
      steps = [
        { count = 1, verifications = [drover_verification.steady.id] },
        { percent = 100 },
      ]
    }
  }
}

# Measured at the canary, before anything else is replaced.
resource "drover_verification" "steady" {
  project      = drover_project.shop.name
  name         = "steady"
  display_name = "Runs, and does not restart"
  measurements = 2
  interval     = "1s"
  nomad = {
    success_condition = "healthy == desired && restarts == 0"
  }
}

# Under which rules.

resource "drover_policy" "prod" {
  name         = "prod"
  display_name = "What prod asks for"
  selector = {
    environment_labels = { tier = "prod" }
  }
  rules = [
    {
      id = "healthy-in-staging"
      expression = {
        expression = "history.environments['staging'].healthy"
        message    = "'release ' + release.id + ' is not healthy in staging'"
      }
    },
    {
      id = "no-latest-image"
      expression = {
        expression = "plan.images.all(image, image.tag != 'latest')"
      }
    },
    {
      id = "few-destructive-updates"
      expression = {
        expression = "plan.destructive_updates <= 10"
        message    = "string(plan.destructive_updates) + ' allocations would be replaced; at most 10 may be'"
      }
    },
    {
      id = "owners-approve"
      approval = {
        count  = 1
        groups = ["owners"]
      }
    },
  ]
  # A rule that nobody could meet is refused: those who approve come first.
  depends_on = [drover_service_account.olivia]
}

# And who takes part.

resource "drover_service_account" "ci" {
  name         = "ci"
  display_name = "The shop's CI"
  groups       = ["developers"]
  access_level = "OPERATOR"
}

resource "drover_service_account" "olivia" {
  name         = "olivia"
  display_name = "Olivia, owner of the shop"
  groups       = ["owners"]
  access_level = "OPERATOR"
}
