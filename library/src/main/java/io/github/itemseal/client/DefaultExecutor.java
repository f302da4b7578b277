package io.github.itemseal.client;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where asynchronous clients that were not told otherwise do their arithmetic: a virtual thread for
 * each task where the JDK has them (21 and newer), else as many daemon threads as processors, at
 * least two, which end when idle. One for the whole process; never shut down.
 */
final class DefaultExecutor {
  private static final long IDLE_SECONDS = 30;

  private DefaultExecutor() {}

  static Executor get() {
    return Holder.EXECUTOR;
  }

  private static final class Holder {
    static final Executor EXECUTOR = create();

    /** By reflection: the library runs on JDK 17 too, which does not know them. */
    private static Executor create() {
      try {
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      } catch (ReflectiveOperationException e) {
        return platformThreads();
      }
    }

    private static Executor platformThreads() {
      int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              threads,
              threads,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              task -> {
                Thread thread = new Thread(task, "itemseal");
                thread.setDaemon(true);
                return thread;
              });
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }
  }
}
