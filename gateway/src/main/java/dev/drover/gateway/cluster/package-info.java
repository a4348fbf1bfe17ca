/**
 * Port to a Nomad cluster: what Drover asks of it and what it answers, free of any HTTP client.
 * Every call blocks and is made on a virtual thread.
 */
@NullMarked
package dev.drover.gateway.cluster;

import org.jspecify.annotations.NullMarked;
