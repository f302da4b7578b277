package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** docs/walks.md has the frames between a call of a client and the SDK's call, as they are. */
class WalksPageTest {
  private static final Path PAGE = Path.of("..", "docs", "walks.md");
  private static final int MOST_OF_A_BLOCKING_PUT = 14;
  private static final String JDK = "(JDK)";
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("ann"));

  private final List<String> walk = new ArrayList<>();

  /** Notes the frames of this thread, from the SDK's call outwards to the test. */
  private void note() {
    List<StackFrame> frames = StackWalker.getInstance().walk(all -> all.skip(2).toList());
    walk.clear();
    for (StackFrame frame : frames) {
      if (frame.getClassName().startsWith(WalksPageTest.class.getName())) {
        break;
      }
      String shown = shown(frame);
      if (!shown.equals(JDK) || walk.isEmpty() || !walk.get(walk.size() - 1).equals(JDK)) {
        walk.add(shown);
      }
    }
  }

  private static String shown(StackFrame frame) {
    if (!frame.getClassName().startsWith("io.github.itemseal.")) {
      return JDK;
    }
    String type = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
    String method = frame.getMethodName().replaceAll("lambda\\$(\\w+)\\$\\d+", "$1, a function");
    return "%s.%s".formatted(type.replace('$', '.'), method);
  }

  private final class Plain implements DynamoDbClient {
    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      note();
      return PutItemResponse.builder().build();
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      note();
      return QueryResponse.builder().build();
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      note();
      return GetItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private final class PlainAsync implements DynamoDbAsyncClient {
    private final Plain plain = new Plain();

    @Override
    public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
      note();
      return CompletableFuture.completedFuture(PutItemResponse.builder().build());
    }

    @Override
    public CompletableFuture<QueryResponse> query(QueryRequest request) {
      note();
      return CompletableFuture.completedFuture(QueryResponse.builder().build());
    }

    @Override
    public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
      note();
      return CompletableFuture.completedFuture(GetItemResponse.builder().build());
    }

    @Override
    public String serviceName() {
      return plain.serviceName();
    }

    @Override
    public void close() {}
  }

  private List<String> walkOf(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      // an update finds no item: its walk to the SDK is noted by then
    }
    return List.copyOf(walk);
  }

  private Map<String, List<String>> walks() {
    TableInfo table = TableInfo.of(PEOPLE, TableIndex.of("id"));
    EncryptedDynamoDbClient client = TestTables.people(new Plain());
    EncryptedDynamoDbAsyncClient async =
        EncryptedDynamoDbAsyncClient.builder()
            .client(new PlainAsync())
            .table(TestTables.encryption(table))
            .executor(Runnable::run)
            .build();
    PutItemRequest put = PutItemRequest.builder().tableName(PEOPLE).item(KEY).build();
    QueryRequest query =
        QueryRequest.builder()
            .tableName(PEOPLE)
            .keyConditionExpression("id = :id")
            .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("ann")))
            .build();
    ItemUpdate update = ItemUpdate.of(PEOPLE, KEY, item -> item).build();
    Map<String, List<String>> walks = new LinkedHashMap<>();
    walks.put("putItem, blocking", walkOf(() -> client.putItem(put)));
    walks.put("putItem, asynchronous", walkOf(() -> async.putItem(put).join()));
    walks.put("query, blocking", walkOf(() -> client.query(query)));
    walks.put("query, asynchronous", walkOf(() -> async.query(query).join()));
    walks.put("update, blocking", walkOf(() -> client.update(update)));
    walks.put("update, asynchronous", walkOf(() -> async.update(update).join()));
    return walks;
  }

  @Test
  void blockingCalls_onTheirWayToTheSdk_passNoFutures() {
    walks()
        .forEach(
            (call, frames) -> {
              if (call.endsWith("blocking")) {
                assertThat(frames).as(call).isNotEmpty().doesNotContain(JDK);
              }
            });
    assertThat(walks().get("putItem, blocking")).hasSizeLessThanOrEqualTo(MOST_OF_A_BLOCKING_PUT);
  }

  @Test
  void walksPage_comparedWithTheFrames_isTheSame() throws IOException {
    String page = page();
    if (Boolean.getBoolean("walks.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as(
            "docs/walks.md differs from the stack. Run%n  mvn -B test -pl library -am"
                + " -Dtest=WalksPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dwalks.update=true%nand commit the file.")
        .isEqualTo(Files.readString(PAGE));
  }

  private String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Walks\n\n");
    page.append(
        "The frames between a call of an encrypted client and the call of the SDK's client,\n");
    page.append("outermost last, taken from the stack by a test. The asynchronous client has an\n");
    page.append("executor here that runs tasks at once; `(JDK)` stands for frames of the JDK.\n");
    page.append("What each class does: [ARCHITECTURE.md](ARCHITECTURE.md).\n");
    walks()
        .forEach(
            (call, frames) -> {
              page.append("\n## ").append(call).append("\n\n```\n");
              frames.forEach(frame -> page.append(frame).append('\n'));
              page.append("```\n");
            });
    return page.toString();
  }
}
