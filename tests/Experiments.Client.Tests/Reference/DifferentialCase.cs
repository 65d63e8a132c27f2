using System.Text;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>A random snapshot, questions to it, and the answers that the written format gives. Everything follows from the seed.</summary>
/// <param name="Snapshot">Of format 1 where the seed is divisible by four, else of format 2.</param>
internal sealed record DifferentialCase(int Seed, byte[] Snapshot, IReadOnlyList<RandomCase> Cases)
{
    public static DifferentialCase Of(int seed, int cases = 50)
    {
        byte[] snapshot = seed % 4 == 0 ? RandomSnapshots.Format1(seed) : RandomSnapshots.Format2(seed);
        string[] keys = KeysOf(snapshot);
        var random = new RandomCases(seed);
        return new DifferentialCase(seed, snapshot, [.. Enumerable.Range(0, cases).Select(_ => random.Next(keys))]);
    }

    /// <param name="observe">See <see cref="ReferenceInterpreter"/>.</param>
    public ReferenceInterpreter Interpreter(Action<string>? observe = null) => new(JsonElement.Parse(Snapshot), observe);

    /// <summary>For failure messages: what it takes to see the case again and to put it into a test of its own.</summary>
    public string Describe(RandomCase random) => $"""
        DifferentialCase.Of({Seed}).Cases[{Cases.ToList().IndexOf(random)}]
        {random}
        snapshot:  {Encoding.UTF8.GetString(Snapshot)}
        """;

    /// <summary>Keys of flags, twice as often as those of experiments.</summary>
    private static string[] KeysOf(byte[] snapshot)
    {
        var read = new ReferenceSnapshot(JsonElement.Parse(snapshot));
        return [.. read.Flags.Concat(read.Flags).Concat(read.Experiments).Select(item => RawJson.TextMember(item, "key")!)];
    }
}
