package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.itemseal.benchmarks.MeasuredClient.Call;
import io.github.itemseal.benchmarks.MeasuredClient.Clients;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Writes the page with the {@link Profile} of each kind of work that has a goal. Arguments: the
 * folder to write to, and the seconds to look at each.
 */
final class ProfileReport {
  private static final double SMALLEST_SHARE = 0.015;

  private ProfileReport() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Duration duration = Duration.ofSeconds(Integer.parseInt(arguments[1]));
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Profiles

        Written by `ProfileReport`: do not edit. %s.

        Where the time goes: two threads, warm, looked at every 10 ms by the JDK's Flight Recorder for %s s
        each. What is below a call of the JCA counts as that call; the rest by the class that it is in.
        `Cipher.getInstance` and `Cipher.init` are the JCA's too, but nothing is encrypted in them. Less than
        1.5 %% is not listed.

        The recorder does not see into the machine code that the JDK has for AES and SHA: such samples are
        lost, up to two thirds of them, so what is left is what goes on around the ciphers, and their real share
        is higher. Over each table is how many there should have been.

        Of native code, such as Corretto's, it takes fewer samples than of Java: compare lines of Java only.

        Waits are how often a thread was put to sleep, because another had the lock it wanted, or parked.
        """
            .formatted(Machine.describe(), duration.toSeconds()));
    for (Shape shape : List.of(Shape.SMALL, Shape.LONG, Shape.WIDE)) {
      both(page, Scheme.DDBEC_WRAPPED_AES, shape, "", duration);
    }
    for (Shape shape : List.of(Shape.SMALL, Shape.WIDE)) {
      both(page, Scheme.DBE_AES_6700, shape, "", duration);
    }
    both(page, Scheme.DBE_AES_6701_REUSE, Shape.SMALL, "", duration);
    wholeCalls(page, duration);
    both(page, Scheme.DBE_AES_6701_REUSE, Shape.SMALL, Contenders.CORRETTO, duration); // last
    Files.writeString(folder.resolve("profiles.md"), page, UTF_8);
    System.exit(0); // DynamoDB Local leaves threads behind
  }

  private static void wholeCalls(StringBuilder page, Duration duration) throws Exception {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open();
        DynamoDbClient plain = dynamoDb.client();
        DynamoDbAsyncClient plainAsync = dynamoDb.asyncClient()) {
      Scheme scheme = Scheme.DDBEC_WRAPPED_AES;
      MeasuredClient client =
          MeasuredClient.encrypted("profiled", new Clients(plain, plainAsync), scheme);
      client.createTable();
      AtomicInteger number = new AtomicInteger();
      for (Call call : List.of(Call.PUT, Call.GET)) {
        write(
            page,
            "%s, %s of %s at DynamoDB Local, waiting for it included"
                .formatted(scheme.title(), call.title(), Shape.SMALL.title()),
            Profile.of(
                () -> {
                  client.call(call, number.getAndIncrement());
                  return client;
                },
                duration));
      }
    }
  }

  private static void both(
      StringBuilder page, Scheme scheme, Shape shape, String provider, Duration duration)
      throws Exception {
    Contender contender =
        Contenders.named(scheme.label() + "/" + Contenders.OURS + provider, shape);
    String title =
        scheme.title() + (provider.isEmpty() ? "" : ", Corretto") + ", %s " + shape.title();
    write(page, title.formatted("encrypt"), Profile.of(contender::encrypt, duration));
    write(page, title.formatted("decrypt"), Profile.of(contender::decrypt, duration));
  }

  private static void write(StringBuilder page, String title, Profile profile) {
    long expected = profile.expectedSamples();
    int all = profile.samples().values().stream().mapToInt(Integer::intValue).sum();
    int jca =
        profile.samples().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(Profile.JCA))
            .mapToInt(Map.Entry::getValue)
            .sum();
    page.append("\n## %s\n\n".formatted(title))
        .append(
            "JCA **%s** of %d samples; there should have been %d.\n\n"
                .formatted(percent(jca, all), all, expected))
        .append("| Where | Share |\n|---|--:|\n");
    for (Map.Entry<String, Integer> entry : largestFirst(profile.samples())) {
      if (entry.getValue() >= SMALLEST_SHARE * all) {
        page.append("| %s | %s |\n".formatted(entry.getKey(), percent(entry.getValue(), all)));
      }
    }
    page.append("\nWaits: %s.\n".formatted(waits(profile.waits())));
  }

  private static String waits(Map<String, Integer> waits) {
    if (waits.isEmpty()) {
      return "none";
    }
    List<String> places = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : largestFirst(waits)) {
      places.add("%d in %s".formatted(entry.getValue(), entry.getKey()));
    }
    return String.join(", ", places);
  }

  private static List<Map.Entry<String, Integer>> largestFirst(Map<String, Integer> counts) {
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    return entries;
  }

  private static String percent(int part, int all) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
  }
}
