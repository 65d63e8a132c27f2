using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>The generators reach everything that the format has, not only its middle.</summary>
public sealed class DifferentialCaseTests
{
    private const int Seeds = 2_500;

    private static readonly Lazy<Dictionary<string, int>> s_observed = new(Observe);

    public static TheoryData<string> Outcomes
    {
        get
        {
            TheoryData<string> outcomes = [];
            foreach (string op in RandomOperators.All)
            {
                outcomes.AddRange($"{op} True", $"{op} False", $"plain {op} False");
            }

            foreach (string op in RandomOperators.All.Except(["size", "some"]))
            {
                outcomes.Add($"plain {op} True");
            }

            foreach (string function in new[] { "murmur3", "fnv1a", "fnv1a2", "md5", "sha1", "sha256", "sha256le", "crc32" })
            {
                outcomes.AddRange($"hash {function} scaled", $"hash {function} modulo");
            }

            foreach (string counted in new[] { "string", "truthy", "int", "any" })
            {
                outcomes.AddRange($"as {counted}", $"as {counted} missing");
            }

            foreach (string condition in new[] { "prerequisite", "audience", "bucket test", "window", "experiment of a flag" })
            {
                outcomes.AddRange($"{condition} True", $"{condition} False");
            }

            return outcomes;
        }
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    [InlineData("unknown False")]
    [InlineData("missing skip")]
    [InlineData("missing zero")]
    [InlineData("no buckets")]
    [InlineData("split without bucket")]
    [InlineData("split if missed")]
    [InlineData("sticky hit")]
    [InlineData("sticky outdated")]
    [InlineData("sticky unknown")]
    [InlineData("range hit")]
    [InlineData("no range")]
    [InlineData("through")]
    [InlineData("miss stop")]
    [InlineData("reason FLAG_NOT_FOUND")]
    [InlineData("reason DISABLED")]
    [InlineData("reason OVERRIDE")]
    [InlineData("reason STATIC")]
    [InlineData("reason TARGETING_MATCH")]
    [InlineData("reason SPLIT")]
    [InlineData("reason DEFAULT")]
    [InlineData("reason ERROR")]
    [InlineData("reason PREREQUISITE_FAILED")]
    [InlineData("fault CYCLE")]
    [InlineData("fault MALFORMED")]
    [InlineData("fault GENERAL")]
    [InlineData("fault PARSE_ERROR")]
    [InlineData("fault UNMAPPED")]
    [InlineData("null variant SPLIT")]
    [InlineData("null variant OVERRIDE")]
    [InlineData("null variant STATIC")]
    [InlineData("assigned")]
    public void Of_ManySeeds_ReachesOutcome(string outcome) =>
        Assert.True(s_observed.Value.GetValueOrDefault(outcome) >= 3, $"{outcome}: {s_observed.Value.GetValueOrDefault(outcome)} times");

    [Fact]
    public void Of_ManySeeds_FaultsAreNotTheRule()
    {
        int decisions = s_observed.Value.Where(outcome => outcome.Key.StartsWith("reason ", StringComparison.Ordinal)).Sum(outcome => outcome.Value);
        Assert.InRange(s_observed.Value["reason ERROR"], decisions / 100, decisions / 5);
    }

    [Fact]
    public void Of_SameSeed_IsTheSame()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            DifferentialCase once = DifferentialCase.Of(seed);
            DifferentialCase again = DifferentialCase.Of(seed);
            Assert.Equal(once.Cases.Select(once.Describe), again.Cases.Select(again.Describe));
        }
    }

    [Fact]
    public void Describe_Case_NamesSeedPlaceAndTexts()
    {
        DifferentialCase differential = DifferentialCase.Of(7);
        string text = differential.Describe(differential.Cases[3]);
        Assert.Contains("DifferentialCase.Of(7).Cases[3]", text, StringComparison.Ordinal);
        Assert.Contains(System.Text.Encoding.UTF8.GetString(differential.Snapshot), text, StringComparison.Ordinal);
        Assert.Contains(differential.Cases[3].Key, text, StringComparison.Ordinal);
    }

    private static Dictionary<string, int> Observe()
    {
        Dictionary<string, int> observed = new(StringComparer.Ordinal);
        void Count(string what) => observed[what] = observed.GetValueOrDefault(what) + 1;
        for (int seed = 0; seed < Seeds; seed++)
        {
            DifferentialCase differential = DifferentialCase.Of(seed, cases: 20);
            ReferenceInterpreter interpreter = differential.Interpreter(Count);
            foreach (RandomCase random in differential.Cases)
            {
                JsonElement context = JsonElement.Parse(random.ContextJson);
                ReferenceDecision decision = interpreter.Decide(
                    random.Key, random.UserKey, context, random.Now, random.Overrides, random.Sticky);
                Count("reason " + decision.Reason);
                Count(decision.Fault is null ? "no fault" : "fault " + decision.Fault);
                Count(decision.VariantKey is null ? "null variant " + decision.Reason : "variant");
                if (interpreter.Assignments(random.UserKey, context, random.Now, random.Overrides, random.Sticky).Count > 0)
                {
                    Count("assigned");
                }
            }
        }

        return observed;
    }
}
