"""The proxy's configuration as it is handed out: what its log holds of an address."""

import re

from tests.support.servers import CHECKOUT

PROXY = (CHECKOUT / "deploy" / "nginx.conf").read_text()


def test_link_for_a_password_is_not_logged_by_the_proxy() -> None:
    [masked] = re.findall(r"~(\^\S+)\s+/password/…;", PROXY)
    link = "/password/MQ/c8x2k1-0123456789abcdef/"
    assert [bool(re.match(masked, path)) for path in (link, "/queue/")] == [True, False]


def test_proxy_logs_neither_what_is_asked_for_nor_where_one_came_from() -> None:
    [(formed)] = re.findall(r"log_format spink ((?:'[^']*'\s*)+);", PROXY)
    logged = re.findall(r"\$\w+", formed)
    told = {"$request", "$request_uri", "$uri", "$args", "$query_string", "$http_referer"}
    assert told & set(logged) == set()
    assert "$spink_path" in logged


def test_who_asks_for_tokens_is_limited_by_address_and_others_are_not() -> None:
    places = re.findall(r"location (\S+) \{(.*?)\}", PROXY, re.DOTALL)
    limited = [path for path, told in places if "limit_req zone=spink_tokens" in told]
    assert (limited, len(places)) == (["/api/v1/oauth/"], 2)
    assert re.findall(r"limit_req_zone (\S+) zone=(\w+)", PROXY) == [
        ("$binary_remote_addr", "spink_tokens")
    ]
