terraform {
  required_providers {
    drover = {
      source = "drover.dev/drover/drover"
    }
  }
}

resource "drover_environment" "this" {
  project      = var.project
  name         = var.name
  display_name = var.display_name
  cluster      = var.cluster
  namespace    = var.namespace
  labels       = merge({ tier = var.tier }, var.labels)
  variables    = var.variables

  sensitive_variables_wo         = var.sensitive_variables
  sensitive_variables_wo_version = var.sensitive_variables_version

  job_baseline = {
    allowed_drivers = var.allowed_drivers
    env             = merge({ DROVER_ENVIRONMENT = var.name }, var.env)
    update = {
      min_healthy_time  = var.min_healthy_time
      healthy_deadline  = var.healthy_deadline
      progress_deadline = var.progress_deadline
    }
  }
}
