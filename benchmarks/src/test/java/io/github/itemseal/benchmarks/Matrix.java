package io.github.itemseal.benchmarks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is measured together, and on which page it stands. */
enum Matrix {
  /** What the picture shows, and what signatures cost: few kinds of work, measured well. */
  GOALS("items", "Items, measured") {
    @Override
    List<Part> parts() {
      Set<String> everywhere = new LinkedHashSet<>();
      addAll(everywhere, Scheme.DDBEC_WRAPPED_AES, "");
      everywhere.add(Scheme.DDBEC_WRAPPED_AES.label() + "/" + Contenders.LEAST);
      addAll(everywhere, Scheme.DBE_AES_6700, "");
      Set<String> signed = new LinkedHashSet<>();
      for (Scheme scheme : List.of(Scheme.DBE_AES_6701, Scheme.DBE_AES_6701_REUSE)) {
        addAll(signed, scheme, "");
        addOursAndFloor(signed, scheme, Contenders.CORRETTO);
      }
      return List.of(
          new Part(List.of(Shape.SMALL, Shape.LONG, Shape.WIDE), everywhere, 1),
          new Part(List.of(Shape.SMALL), signed, 1));
    }
  },

  /**
   * Every source of keys, on the JDK's providers and on Corretto's. It is not shown the encrypted
   * attributes, so one shape tells its price.
   */
  KEYS("keys", "Sources of keys, measured") {
    @Override
    List<Part> parts() {
      Set<String> everything = new LinkedHashSet<>();
      for (Scheme scheme : Scheme.values()) {
        addAll(everything, scheme, "");
        addAll(everything, scheme, Contenders.CORRETTO);
      }
      return List.of(new Part(List.of(Shape.SMALL), everything, 1));
    }
  },

  /** What the other two leave out: every shape, with one source of keys a format. */
  SHAPES("shapes", "Shapes, measured") {
    @Override
    List<Part> parts() {
      Set<String> jdk = new LinkedHashSet<>();
      Set<String> corretto = new LinkedHashSet<>();
      for (Scheme scheme :
          List.of(Scheme.DDBEC_WRAPPED_AES, Scheme.DBE_AES_6700, Scheme.DBE_AES_6701)) {
        addAll(jdk, scheme, "");
        addAll(corretto, scheme, Contenders.CORRETTO);
      }
      List<Shape> others = List.of(Shape.TINY, Shape.LARGE, Shape.NESTED, Shape.SETS);
      return List.of(
          new Part(others, jdk, 1),
          new Part(others, corretto, 1),
          new Part(List.of(Shape.LONG, Shape.WIDE), corretto, 1));
    }
  },

  /** One thread and two, directly one after the other: {@link ThreadReport}. */
  THREADS("threads", "Two threads, measured") {
    @Override
    List<Part> parts() {
      Set<String> twice = new LinkedHashSet<>();
      for (Scheme scheme : IN_TWO_THREADS) {
        addOursAndFloor(twice, scheme, "");
      }
      return List.of(
          new Part(List.of(Shape.SMALL), twice, 1), new Part(List.of(Shape.SMALL), twice, 2));
    }

    /** Two threads on as many cores leave little for the compiler. */
    @Override
    int warmUps() {
      return 15;
    }
  };

  /** Shapes, and the contenders that run on each of them, in so many threads. */
  record Part(List<Shape> shapes, Set<String> contenders, int threads) {}

  /** What is also measured in two threads at once. */
  static final List<Scheme> IN_TWO_THREADS = List.of(Scheme.DDBEC_WRAPPED_AES, Scheme.DBE_AES_6700);

  private final String page;
  private final String title;

  Matrix(String page, String title) {
    this.page = page;
    this.title = title;
  }

  /** By its name in lower case, as it stands in command lines. */
  static Matrix named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name of the page, without the ending. */
  String page() {
    return page;
  }

  String title() {
    return title;
  }

  abstract List<Part> parts();

  /** How many iterations before those that count. */
  int warmUps() {
    return 5;
  }

  private static void addAll(Set<String> contenders, Scheme scheme, String provider) {
    if (scheme.hasOriginal()) {
      contenders.add(scheme.label() + "/" + Contenders.ORIGINAL + provider);
    }
    addOursAndFloor(contenders, scheme, provider);
  }

  private static void addOursAndFloor(Set<String> contenders, Scheme scheme, String provider) {
    contenders.add(scheme.label() + "/" + Contenders.OURS + provider);
    contenders.add(scheme.label() + "/" + Contenders.FLOOR + provider);
  }
}
