using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests.Formats;

/// <summary>The golden vectors over HTTP. Many snapshots share an environment's name, so each is published under its id instead.</summary>
public sealed class Format1VectorTests
{
    private const int MaxUrlLength = 60_000;

    [Fact]
    public async Task Post_EveryVector_AgreesWithTheReference()
    {
        var (cases, store) = Publish();
        using (store)
        await using (DecideServer server = await DecideServer.StartAsync(store))
        {
            Assert.Equal(1936, cases.Count);
            foreach (VectorCase vector in cases)
            {
                byte[] body =
                [
                    .. Encoding.UTF8.GetBytes($"{{\"user_key\":\"{Escape(vector.UserKey)}\",\"env\":\"{vector.SnapshotId}\",\"context\":"),
                    .. vector.ContextJson, (byte)'}',
                ];
                AssertAgrees(vector, await server.PostAsync(body));
            }
        }
    }

    [Fact]
    public async Task Get_EveryVectorThatAUrlCanHold_AgreesWithTheReference()
    {
        var (cases, store) = Publish();
        using (store)
        await using (DecideServer server = await DecideServer.StartAsync(store))
        {
            VectorCase[] encodable = [.. cases.Where(vector => IsEncodable(vector.UserKey))];
            Assert.True(encodable.Length > 1800, $"{encodable.Length} cases");
            foreach (VectorCase vector in encodable)
            {
                string url = $"/api/decide?env={vector.SnapshotId}&user_key={PercentEncode(Encoding.UTF8.GetBytes(vector.UserKey))}"
                    + $"&context={PercentEncode(vector.ContextJson)}";
                Assert.True(url.Length < MaxUrlLength);
                AssertAgrees(vector, await server.GetAsync(url));
            }
        }
    }

    private static (IReadOnlyList<VectorCase> Cases, SnapshotStore Store) Publish()
    {
        var (snapshots, cases) = Vectors.ReadFormat1();
        var store = new SnapshotStore();
        foreach (VectorSnapshot snapshot in snapshots.Values)
        {
            // As text: reading and writing the JSON again would lose what the vectors are about.
            string old = $"\"environment\":\"{snapshot.Environment}\"";
            string json = Encoding.UTF8.GetString(snapshot.Json);
            int at = json.IndexOf(old, StringComparison.Ordinal);
            Assert.InRange(at, 0, 40);
            string renamed = $"{json.AsSpan(0, at)}\"environment\":\"{snapshot.Id}\"{json.AsSpan(at + old.Length)}";
            store.Publish(snapshot.Id, snapshot.Version, Encoding.UTF8.GetBytes(renamed));
        }

        return (cases, store);
    }

    private static void AssertAgrees(VectorCase vector, Answer answer)
    {
        if (vector.UserKey.Length == 0)
        {
            // The contract of /decide refuses what the evaluator would take.
            answer.AssertProblem(HttpStatusCode.BadRequest, "user_key is empty");
            return;
        }

        Assert.True(answer.Status == HttpStatusCode.OK, $"case {vector.Number}: {answer}");
        using JsonDocument expected = JsonDocument.Parse(vector.Expected);
        JsonElement json = answer.Json;
        Assert.Equal(["user_key", "environment", "config_version", "assignments"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(vector.SnapshotId, json.GetProperty("environment").GetString());
        Assert.True(
            JsonValues.AreEqual(expected.RootElement, json.GetProperty("assignments")),
            $"case {vector.Number}: expected {Encoding.UTF8.GetString(vector.Expected)}, got {answer}");
        Assert.StartsWith($"{{\"user_key\":\"{Escape(vector.UserKey)}\",", answer.Text, StringComparison.Ordinal);
    }

    private static bool IsEncodable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string PercentEncode(byte[] utf8) =>
        string.Concat(utf8.Select(unit => string.Create(CultureInfo.InvariantCulture, $"%{unit:X2}")));

    /// <summary>As JSON.stringify does.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            bool isPair = char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
            {
                escaped.Append(unit).Append(text[++i]);
            }
            else
            {
                escaped.Append(unit switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\b' => "\\b",
                    '\f' => "\\f",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ => unit < ' ' || char.IsSurrogate(unit) ? $"\\u{(int)unit:x4}" : $"{unit}",
                });
            }
        }

        return escaped.ToString();
    }
}
