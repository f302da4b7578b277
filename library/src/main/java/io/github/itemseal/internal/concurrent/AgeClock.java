package io.github.itemseal.internal.concurrent;

/**
 * Milliseconds since an arbitrary moment, never fewer than before: what the ages of keys are
 * measured by. Thread-safe.
 */
@FunctionalInterface
public interface AgeClock {
  /** How many have passed. */
  long millis();

  /**
   * The clock of this process: it counts the time that the JVM measures, and the time that the
   * machine was suspended or the process lay in an image. Setting the system's time back changes
   * nothing; setting it ahead ages keys, since it looks like a suspension.
   */
  static AgeClock system() {
    return SystemAgeClock.INSTANCE;
  }
}
