@NullMarked
package dev.drover.provider;

import org.jspecify.annotations.NullMarked;
