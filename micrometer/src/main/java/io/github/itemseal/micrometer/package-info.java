/**
 * Meters of items and keys: {@link io.github.itemseal.micrometer.MicrometerListener}. Needs the
 * library and micrometer-core.
 */
@NullMarked
package io.github.itemseal.micrometer;

import org.jspecify.annotations.NullMarked;
