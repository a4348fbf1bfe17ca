output "application" {
  description = "What to release: drover release create storefront/VERSION."
  value       = drover_application.storefront.id
}

output "environments" {
  description = "Where it can go."
  value       = [module.staging.id, module.prod.id]
}
