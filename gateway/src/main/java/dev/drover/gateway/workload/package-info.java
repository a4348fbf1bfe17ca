/**
 * What runs of an application in an environment, read from Nomad when somebody asks: its status and
 * its logs. Changes nothing.
 */
@NullMarked
package dev.drover.gateway.workload;

import org.jspecify.annotations.NullMarked;
