using System.Net;
using System.Text;

namespace Experiments.Client.Tests.Faults;

/// <summary>The faults that tests choose from.</summary>
internal static class ProxyFaults
{
    public const string Snapshots = "/snapshots/";
    public const string Pointer = "/version.json";

    private const long HundredMegabytes = 100_000_000;
    private const long LargerThanAllowed = 600_000_000;

    private static readonly byte[] s_slowDown = Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");

    public static ProxyFault Pass { get; } = new("pass", "nothing", exchange => exchange.PassAsync());

    public static ProxyFault Refused { get; } = new(
        "refused", "listener closed, connections reset",
        exchange => exchange.ResetAsync()) { Listens = false };

    public static ProxyFault Reset { get; } = new("reset", "accepts, resets at the request", exchange => exchange.ResetAsync());

    public static ProxyFault Hangs { get; } = new("hangs", "accepts, never answers", exchange => exchange.HangAsync());

    public static ProxyFault HangsInBody { get; } = new("hangs in the body", "half of the body, then silence for ever", async exchange =>
    {
        await exchange.SendHalfAsync();
        await exchange.HangAsync();
    });

    public static ProxyFault Slow { get; } = new(
        "slow", "1 kB each 10 ms", exchange => exchange.TrickleAsync(1_000, TimeSpan.FromMilliseconds(10)));

    public static ProxyFault TooSlow { get; } = new ProxyFault(
        "too slow", "50 bytes each 10 ms of a snapshot, a second each on the clock",
        exchange => exchange.TrickleAsync(50, TimeSpan.FromMilliseconds(10))).On(Snapshots, "of the snapshot");

    public static ProxyFault Truncated { get; } = new("truncated", "half of the body, then the connection ends", async exchange =>
    {
        await exchange.SendHalfAsync();
        exchange.Close();
    });

    public static ProxyFault ClosedAfterHeaders { get; } = new(
        "closed after headers", "headers alone, then the connection ends", async exchange =>
    {
        ProxyAnswer answer = await exchange.ForwardAsync();
        await exchange.SendAsync(answer.Head());
        exchange.Close();
    });

    public static ProxyFault InternalError { get; } = new(
        "500", "status 500 for everything",
        exchange => exchange.SendAsync(new ProxyAnswer(HttpStatusCode.InternalServerError, [])));

    public static ProxyFault SlowDown { get; } = new(
        "503", "503 SlowDown for everything",
        exchange => exchange.SendAsync(new ProxyAnswer(HttpStatusCode.ServiceUnavailable, s_slowDown)));

    public static ProxyFault Forbidden { get; } = new(
        "403", "status 403 for everything",
        exchange => exchange.SendAsync(new ProxyAnswer(HttpStatusCode.Forbidden, [])));

    public static ProxyFault Vanished { get; } = new(
        "404", "status 404 for everything",
        exchange => exchange.SendAsync(new ProxyAnswer(HttpStatusCode.NotFound, [])));

    public static ProxyFault WrongPage { get; } = new("wrong page", "200 with a login page for everything", exchange =>
        exchange.SendAsync(new ProxyAnswer(HttpStatusCode.OK, "<html><body>Please sign in</body></html>"u8.ToArray())));

    public static ProxyFault NotModified { get; } = new(
        "304", "304 for everything",
        exchange => exchange.SendAsync(new ProxyAnswer(HttpStatusCode.NotModified, [])));

    public static ProxyFault Garbage { get; } = new("garbage", "bytes that are not HTTP", async exchange =>
    {
        byte[] bytes = new byte[2_000];
        new Random(1).NextBytes(bytes);
        await exchange.SendAsync(bytes);
        exchange.Close();
    });

    public static ProxyFault WrongChecksum { get; } = new ProxyFault(
        "wrong checksum", "one bit of the snapshot is flipped", async exchange =>
    {
        ProxyAnswer answer = await exchange.ForwardAsync();
        byte[] flipped = [.. answer.Body];
        flipped[flipped.Length / 2] ^= 1;
        await exchange.SendAsync(answer with { Body = flipped });
    }).On(Snapshots, "of the snapshot");

    public static ProxyFault HugePointer { get; } = new ProxyFault(
        "100 MB", "100 MB in its place",
        exchange => exchange.SendBlanksAsync(HundredMegabytes, announced: true)).On(Pointer, "of the pointer");

    public static ProxyFault EndlessPointer { get; } = new ProxyFault(
        "endless", "bytes without end or announced length",
        exchange => exchange.SendBlanksAsync(long.MaxValue, announced: false)).On(Pointer, "of the pointer");

    public static ProxyFault HugeSnapshot { get; } = new ProxyFault(
        "too large", "600 MB in its place",
        exchange => exchange.SendBlanksAsync(LargerThanAllowed, announced: true)).On(Snapshots, "of the snapshot");

    /// <summary>A cache that answers with what the pointer was once.</summary>
    public static ProxyFault OldPointer(byte[] pointer) => new ProxyFault("old pointer", "the first pointer again", exchange =>
        exchange.SendAsync(new ProxyAnswer(HttpStatusCode.OK, pointer))).On(Pointer, "of the pointer");
}
