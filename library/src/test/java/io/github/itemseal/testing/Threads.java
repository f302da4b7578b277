package io.github.itemseal.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same thing done in several threads at once. */
public final class Threads {
  private Threads() {}

  /**
   * Runs the task once in each of so many threads, which begin together, and fails if one of them
   * does.
   */
  public static void each(int threads, Task task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch ready = new CountDownLatch(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        tasks.add(
            () -> {
              ready.countDown();
              ready.await();
              task.run(thread);
              return null;
            });
      }
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** Given the number of its thread, from 0. */
  @FunctionalInterface
  public interface Task {
    void run(int thread) throws Exception;
  }
}
