/**
 * The process that Terraform starts: handshake line, mutual TLS, log lines, the services every
 * plugin must have, debug mode. Go-plugin's rules live here and nowhere else.
 */
@NullMarked
package dev.drover.provider.plugin;

import org.jspecify.annotations.NullMarked;
