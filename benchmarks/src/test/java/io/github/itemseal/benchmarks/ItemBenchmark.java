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

/** One item encrypted, and one decrypted, by every contender in every shape. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class ItemBenchmark {
  @Param({"10x32", "10x1024", "50x64"})
  public String shape;

  @Param({
    "ddbec-wrapped", "ddbec-wrapped-original", "ddbec-wrapped-floor",
    "ddbec-static", "ddbec-static-original", "ddbec-static-floor",
    "dbe-6700", "dbe-6700-original", "dbe-6700-floor",
    "dbe-6701", "dbe-6701-original", "dbe-6701-floor"
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
