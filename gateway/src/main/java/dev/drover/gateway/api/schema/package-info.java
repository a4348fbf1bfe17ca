/** The API's own description: its .proto files with their comments. */
@NullMarked
package dev.drover.gateway.api.schema;

import org.jspecify.annotations.NullMarked;
