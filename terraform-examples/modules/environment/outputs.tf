output "id" {
  description = "Resource name of the environment, for references."
  value       = drover_environment.this.id
}

output "name" {
  description = "Id of the environment."
  value       = drover_environment.this.name
}
