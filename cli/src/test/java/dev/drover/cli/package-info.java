/** Tests of the command line: real commands against a real gateway and a real Nomad. */
@NullMarked
package dev.drover.cli;

import org.jspecify.annotations.NullMarked;
