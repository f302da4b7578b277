package io.github.itemseal.client;

/**
 * Tells threads that wait for what another one fetches that the other one was interrupted. It says
 * nothing of what is fetched: one of them takes over.
 */
final class OtherInterrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RuntimeException interruption;
  private final transient Thread interrupted;

  OtherInterrupted(RuntimeException interruption, Thread interrupted) {
    super(interruption);
    this.interruption = interruption;
    this.interrupted = interrupted;
  }

  /** Throws the interruption itself if it is that of this thread. */
  void throwIfOf(Thread thread) {
    if (interrupted == thread) {
      throw interruption;
    }
  }
}
