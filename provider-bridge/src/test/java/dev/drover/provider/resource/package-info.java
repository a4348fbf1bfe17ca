/** Tests of Drover's nouns as Terraform resources, without a gateway. */
@org.jspecify.annotations.NullMarked
package dev.drover.provider.resource;
