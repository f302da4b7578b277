package io.github.itemseal.internal.request;

import io.github.itemseal.internal.value.ShownText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What the placeholders of a request say to its caller: his own stand for themselves, those made
 * for a guard or a write stand for attributes. DynamoDB's messages name placeholders; the caller is
 * shown what they say. Immutable.
 */
public final class PlaceholderMeanings {
  private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\w)[#:]\\w+");
  private static final String REFUSED = "ValidationException";

  private final Map<String, Set<String>> meanings;

  private PlaceholderMeanings(Map<String, Set<String>> meanings) {
    this.meanings = meanings;
  }

  /**
   * The meanings in one request.
   *
   * @param own the caller's
   * @param generated the others, and the attribute that each stands for
   */
  static PlaceholderMeanings of(Set<String> own, Map<String, String> generated) {
    Map<String, Set<String>> meanings = new HashMap<>();
    own.forEach(placeholder -> meanings.put(placeholder, Set.of(placeholder)));
    generated.forEach(
        (placeholder, attribute) ->
            meanings.put(placeholder, Set.of("'" + ShownText.name(attribute) + "'")));
    return new PlaceholderMeanings(meanings);
  }

  /** Of a whole transaction: the same placeholder may stand for several things. */
  private static PlaceholderMeanings together(List<PlaceholderMeanings> parts) {
    Map<String, Set<String>> all = new HashMap<>();
    for (PlaceholderMeanings part : parts) {
      part.meanings.forEach(
          (placeholder, said) ->
              all.computeIfAbsent(placeholder, none -> new LinkedHashSet<>()).addAll(said));
    }
    return new PlaceholderMeanings(all);
  }

  /**
   * A failure of DynamoDB's, in the caller's terms.
   *
   * @param parts the meanings in each part of the request, in order
   * @return the failure itself if it names no placeholder that was made here
   */
  public static Throwable toCaller(Throwable failure, List<PlaceholderMeanings> parts) {
    Throwable shown = failure;
    if (failure instanceof TransactionCanceledException cancelled) {
      shown = toCaller(cancelled, parts);
    } else if (failure instanceof DynamoDbException refused
        && refused.awsErrorDetails() != null
        && REFUSED.equals(refused.awsErrorDetails().errorCode())) {
      shown = together(parts).toCaller(refused);
    }
    if (shown != failure) {
      shown.setStackTrace(failure.getStackTrace());
    }
    return shown;
  }

  private static Throwable toCaller(
      TransactionCanceledException cancelled, List<PlaceholderMeanings> parts) {
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    List<CancellationReason> shown = new ArrayList<>(reasons);
    boolean named = false;
    for (int i = 0; i < Math.min(reasons.size(), parts.size()); i++) {
      String message = reasons.get(i).message() == null ? "" : reasons.get(i).message();
      String text = parts.get(i).in(message);
      if (!text.equals(message)) {
        shown.set(i, reasons.get(i).toBuilder().message(text).build());
        named = true;
      }
    }
    if (!named) {
      return cancelled;
    }
    TransactionCanceledException.Builder changed = cancelled.toBuilder();
    return changed.cancellationReasons(shown).build();
  }

  private Throwable toCaller(DynamoDbException refused) {
    AwsErrorDetails details = refused.awsErrorDetails();
    String message = details.errorMessage() == null ? "" : details.errorMessage();
    String shown = in(message);
    return shown.equals(message)
        ? refused
        : refused.toBuilder()
            .message(shown)
            .awsErrorDetails(details.toBuilder().errorMessage(shown).build())
            .build();
  }

  private String in(String message) {
    return PLACEHOLDER.matcher(message).replaceAll(this::meaningOf);
  }

  private String meaningOf(MatchResult found) {
    Set<String> said = meanings.getOrDefault(found.group(), Set.of(found.group()));
    return Matcher.quoteReplacement(String.join(" or ", said));
  }
}
