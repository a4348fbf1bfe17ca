variable "project" {
  description = "Id of the project that the environment is in."
  type        = string
}

variable "name" {
  description = "Id of the environment, for example staging."
  type        = string
}

variable "display_name" {
  description = "Name for people; empty shows the id."
  type        = string
  default     = null
}

variable "cluster" {
  description = "Resource name of the cluster to deploy to (drover_cluster.X.id)."
  type        = string
}

variable "namespace" {
  description = "Nomad namespace; it must exist."
  type        = string
  default     = "default"
}

variable "tier" {
  description = "Value of the label that policies select by."
  type        = string

  validation {
    condition     = contains(["dev", "test", "staging", "prod"], var.tier)
    error_message = "The tier is one of dev, test, staging and prod."
  }
}

variable "labels" {
  description = "More labels."
  type        = map(string)
  default     = {}
}

variable "variables" {
  description = "Values of HCL variables that jobspecs declare."
  type        = any
  default     = null
}

variable "sensitive_variables" {
  description = "Values of HCL variables that are never shown. They are in no state and no plan file."
  type        = map(string)
  default     = null
  ephemeral   = true
}

variable "sensitive_variables_version" {
  description = "Change it to send new sensitive values."
  type        = string
  default     = null
}

variable "allowed_drivers" {
  description = "Nomad drivers that tasks may use; empty allows all."
  type        = set(string)
  default     = null
}

variable "env" {
  description = "Environment variables that every task gets."
  type        = map(string)
  default     = {}
}

variable "min_healthy_time" {
  description = "How long an allocation must be healthy to count, where the jobspec does not say."
  type        = string
  default     = "10s"
}

variable "healthy_deadline" {
  description = "By when an allocation must be healthy, where the jobspec does not say."
  type        = string
  default     = "300s"
}

variable "progress_deadline" {
  description = "By when the next allocation must become healthy, where the jobspec does not say."
  type        = string
  default     = "600s"
}
