package io.github.itemseal.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One item encrypted, and one decrypted, by a contender ({@link Contenders}) in a {@link Shape}.
 * {@link BenchmarkRun} says which, and runs each several times in turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(time = 1_000, timeUnit = TimeUnit.MILLISECONDS) // until C2 is done
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ItemBenchmark {
  @Param({"10x32", "10x1024", "50x64"})
  public String shape;

  @Param({
    "ddbec-wrapped-aes/itemseal", "ddbec-wrapped-aes/original", "ddbec-wrapped-aes/floor",
    "dbe-aes-6700/itemseal", "dbe-aes-6700/original", "dbe-aes-6700/floor"
  })
  public String contender;

  private Contender measured;

  @Setup
  public void setUp() throws Exception {
    measured = Contenders.named(contender, Shape.labelled(shape));
  }

  @Benchmark
  public Object encrypt() throws Exception {
    return measured.encrypt();
  }

  @Benchmark
  public Object decrypt() throws Exception {
    return measured.decrypt();
  }
}
