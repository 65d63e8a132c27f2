using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Client;
using Experiments.Control.Definitions;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>Decisions and explanations as the page shows them.</summary>
internal static partial class TryExplaining
{
    public static IReadOnlyList<TryRow> Decide(TrySnapshot snapshot, string userKey, DecisionContext context)
    {
        var decisions = new Decision[snapshot.Decider.Count];
        snapshot.Decider.DecideAll(userKey, decisions, context);
        var flags = snapshot.Content.Flags.ToDictionary(static flag => flag.Key, static flag => flag.Id, StringComparer.Ordinal);
        var experiments = snapshot.Content.Experiments.ToDictionary(static one => one.Key, static one => one.Id, StringComparer.Ordinal);
        return
        [
            .. decisions.Select(decision => RowOf(
                decision,
                flags.TryGetValue(decision.Key, out Guid flag) ? $"/flags/{flag}" : null,
                experiments.TryGetValue(decision.Key, out Guid experiment) ? $"/experiments/{experiment}" : null)),
        ];
    }

    public static TryRow RowOf(Decision decision, string? flagHref, string? experimentHref) => new(
        decision.Key,
        flagHref is not null ? "Flag" : "Experiment",
        decision.VariantKey,
        ValueOf(decision, isFlag: flagHref is not null),
        decision.Fault is { } fault ? $"{decision.ReasonText}: {fault}" : decision.ReasonText,
        flagHref ?? experimentHref);

    // For a flag null is a value; for an experiment it is a variant without a payload.
    private static string? ValueOf(Decision decision, bool isFlag) =>
        decision.Payload.ValueKind == JsonValueKind.Undefined || (!isFlag && decision.Payload.ValueKind == JsonValueKind.Null) ? null : decision.Payload.GetRawText();

    public static IReadOnlyList<StepRow> StepsOf(TrySnapshot snapshot, string key, Explanation explanation)
    {
        FlagDefinition? flag = snapshot.Content.Flags.FirstOrDefault(one => one.Key == key);
        IReadOnlyList<BarPart> parts = flag is null && snapshot.Content.Experiments.FirstOrDefault(one => one.Key == key) is { } experiment
            ? BarParts.Of(experiment)
            : [];
        List<StepRow> steps = [];
        foreach (ExplanationStep step in explanation.Steps)
        {
            if (step is { Kind: ExplanationStepKind.Rule, Depth: 0 })
            {
                parts = flag is null ? parts : PartsOf(snapshot, flag, step.Text);
            }

            int? bucket = step.Bucket is { } number and < BarPart.Buckets ? (int)number : null;
            steps.Add(new StepRow(
                step.Kind, step.Kind == ExplanationStepKind.Rule ? RuleText(flag, step.Text) : step.Text, step.Depth, step.Holds, bucket,
                bucket is null ? [] : RangesOf(step.Text) is { Count: > 0 } ranges ? ranges : step.Depth == 0 ? parts : []));
        }

        return steps;
    }

    /// <summary>By its name: ids are not for people.</summary>
    private static string RuleText(FlagDefinition? flag, string text)
    {
        Match id = IdPattern().Match(text);
        string? name = id.Success ? flag?.Rules.FirstOrDefault(one => one.Id.ToString() == id.Value)?.Name : null;
        string words = id.Success ? text.Replace($" {id.Value}", name is null ? "" : $" {name}", StringComparison.Ordinal) : text;
        return (char.ToUpperInvariant(words[0]) + words[1..]).TrimEnd(':');
    }

    /// <summary>What the rule's split gives its users; none where the rule is not known by its id or name.</summary>
    private static IReadOnlyList<BarPart> PartsOf(TrySnapshot snapshot, FlagDefinition flag, string text)
    {
        FlagRuleDefinition? rule = flag.Rules.FirstOrDefault(one => text.Contains(one.Id.ToString(), StringComparison.OrdinalIgnoreCase))
            ?? flag.Rules.FirstOrDefault(one => one.Name is { Length: > 0 } name && text.EndsWith($" {name}:", StringComparison.Ordinal));
        return rule?.Split is { } split ? BarParts.Of(split.Allocations, [.. flag.Variants.Select(static variant => (variant.Id, variant.Key))])
            : rule?.ExperimentId is { } id && snapshot.Content.Experiments.FirstOrDefault(one => one.Id == id) is { } experiment ? BarParts.Of(experiment)
            : [];
    }

    private static List<BarPart> RangesOf(string text) =>
    [
        .. RangePattern().Matches(text).Select(static match => new BarPart(
            int.Parse(match.Groups["start"].ValueSpan, CultureInfo.InvariantCulture),
            match.Groups["end"].Value == "end" ? BarPart.Buckets : int.Parse(match.Groups["end"].ValueSpan, CultureInfo.InvariantCulture),
            "in",
            0)).Where(static part => part.End <= BarPart.Buckets && part.Start < part.End),
    ];

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\[(?<start>\d{1,5}), (?<end>\d{1,5}|end)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RangePattern();
}
