variable "nomad_address" {
  description = "Address of a Nomad server."
  type        = string
  default     = "http://127.0.0.1:4646"
}

variable "nomad_token_reference" {
  description = "Where the gateway finds its Nomad token: env:NAME or file:PATH."
  type        = string
  default     = "env:NOMAD_TOKEN"
}
