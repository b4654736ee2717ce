"""Produces what its standard input describes, through librdkafka: a client that shares nothing with ours."""

import base64
import json
import sys

from confluent_kafka import Producer

wish = json.load(sys.stdin)
producer = Producer(wish["config"])
failures = []


def bytes_of(value):
    return None if value is None else base64.b64decode(value)


def produce(message):
    producer.produce(
        wish["topic"],
        key=bytes_of(message.get("key")),
        value=bytes_of(message.get("value")),
        headers=[(name, bytes_of(value)) for name, value in message.get("headers", [])],
        on_delivery=lambda error, _: error and failures.append(str(error)),
        **({"partition": message["partition"]} if "partition" in message else {}),
    )


def flush():
    left = producer.flush(30)
    if left or failures:
        sys.exit(f"{left} messages not delivered; {failures[:3]}")


if wish.get("transactions"):
    producer.init_transactions(30)
    for transaction in wish["transactions"]:
        producer.begin_transaction()
        for message in transaction["messages"]:
            produce(message)
        flush()
        if transaction["commit"]:
            producer.commit_transaction(30)
        else:
            producer.abort_transaction(30)
else:
    for message in wish["messages"]:
        produce(message)
    flush()
