package io.github.itemseal.enhanced;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** A DynamoDB that answers when the test says so. */
final class HeldDynamoDb {
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  /** One request, and the future that its caller waits for. */
  record Call(String operation, DynamoDbRequest request, CompletableFuture<Object> answer) {}

  /** A client of it; what the SDK builds on operations, such as paginators, is the SDK's. */
  DynamoDbAsyncClient client() {
    return (DynamoDbAsyncClient)
        Proxy.newProxyInstance(
            HeldDynamoDb.class.getClassLoader(),
            new Class<?>[] {DynamoDbAsyncClient.class},
            (proxy, method, arguments) -> {
              boolean operation =
                  method.getReturnType() == CompletableFuture.class
                      && arguments[0] instanceof DynamoDbRequest;
              if (!operation) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              CompletableFuture<Object> answer = new CompletableFuture<>();
              calls.add(new Call(method.getName(), (DynamoDbRequest) arguments[0], answer));
              return answer;
            });
  }

  /** The next call; waits for it. */
  Call next() throws InterruptedException {
    return calls.take();
  }

  /** How many calls nobody has taken. */
  int waiting() {
    return calls.size();
  }
}
