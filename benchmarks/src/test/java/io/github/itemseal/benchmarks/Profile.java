package io.github.itemseal.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of some work goes, and where its threads wait for each other, as the JDK's Flight
 * Recorder sees it: two threads at the same work, after they are warm.
 */
final class Profile {
  /** What a sample counts as; also what stands on the page. */
  static final String JCA = "JCA";

  static final String SDK = "AWS SDK";

  private static final int THREADS = 2;
  private static final Duration PERIOD = Duration.ofMillis(10);

  private static final String NAME = "profiled";
  private static final List<String> JCA_PACKAGES =
      List.of(
          "javax.crypto.",
          "com.sun.crypto.",
          "java.security.",
          "sun.security.",
          "com.amazon.corretto.");

  private final Map<String, Integer> samples = new LinkedHashMap<>();
  private final Map<String, Integer> waits = new LinkedHashMap<>();

  private final long expectedSamples;

  private Profile(Duration duration) {
    this.expectedSamples = THREADS * duration.dividedBy(PERIOD);
  }

  /**
   * Does the work for twice so long in all, and looks at the second half.
   *
   * @param work returns something, which is kept so that it has to be made
   */
  static Profile of(Callable<Object> work, Duration duration) throws Exception {
    keepBusy(work, duration);
    Path file = Files.createTempFile(NAME, ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
      recording.enable("jdk.NativeMethodSample").withPeriod(PERIOD);
      recording.enable("jdk.JavaMonitorEnter").withThreshold(Duration.ZERO);
      recording.enable("jdk.ThreadPark").withThreshold(Duration.ZERO);
      recording.start();
      keepBusy(work, duration);
      recording.stop();
      recording.dump(file);
      return read(file, duration);
    } finally {
      Files.delete(file);
    }
  }

  private static void keepBusy(Callable<Object> work, Duration duration) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      workers.add(new Worker(work, end));
    }
    workers.forEach(Thread::start);
    for (Worker worker : workers) {
      worker.join();
      if (worker.failure != null) {
        throw new IllegalStateException(worker.failure);
      }
    }
  }

  private static final class Worker extends Thread {
    private final Callable<Object> work;
    private final long end;
    private volatile Object made;
    private Throwable failure;

    Worker(Callable<Object> work, long end) {
      super(NAME);
      this.work = work;
      this.end = end;
    }

    @Override
    public void run() {
      try {
        while (System.nanoTime() < end) {
          made = work.call();
        }
        Objects.requireNonNull(made, "what the work makes");
      } catch (Throwable e) { // also an Error must not leave the others to work alone
        failure = e;
      }
    }
  }

  private static Profile read(Path file, Duration duration) throws IOException {
    Profile profile = new Profile(duration);
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        profile.add(events.readEvent());
      }
    }
    return profile;
  }

  private void add(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return;
    }
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    boolean sampled = event.getEventType().getName().endsWith("Sample");
    RecordedThread thread = sampled ? event.getThread("sampledThread") : event.getThread();
    if (thread != null && NAME.equals(thread.getJavaName())) {
      (sampled ? samples : waits).merge(placeOf(frames), 1, Integer::sum);
    }
  }

  /**
   * Whose code it is, by the first frame from the innermost outwards that tells: so an array that a
   * cipher copies is the cipher's. Of the JCA the call that was made of it; of ours the class.
   */
  private static String placeOf(List<RecordedFrame> frames) {
    String call = null;
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      String outer = type.replaceFirst("\\$.*", "");
      String simpleName = outer.substring(outer.lastIndexOf('.') + 1);
      if (JCA_PACKAGES.stream().anyMatch(type::startsWith)) {
        call = JCA + ": " + simpleName + "." + frame.getMethod().getName();
      } else if (call != null && !type.startsWith("java.") && !type.startsWith("jdk.")) {
        return call;
      } else if (type.startsWith("io.github.itemseal.")) {
        return simpleName;
      } else if (type.startsWith("software.amazon.awssdk.")) {
        return SDK;
      }
    }
    return call == null ? "elsewhere" : call;
  }

  /** As many as the threads would give if they always ran and were always seen. */
  long expectedSamples() {
    return expectedSamples;
  }

  /** Samples by place. */
  Map<String, Integer> samples() {
    return samples;
  }

  /** How often a thread was put to sleep, waiting for a lock or parked, by place. */
  Map<String, Integer> waits() {
    return waits;
  }
}
