using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.Postgres;

/// <summary>Filters and orders of lists as SQL.</summary>
internal static class PostgresFilters
{
    private const string Newest = "created_at DESC, sequence DESC";

    public static SqlCondition Of<T>(DefinitionFilter filter)
        where T : class, IDefinition => new SqlCondition()
        .And("kind = {0}", (short)DefinitionParts.KindOf<T>())
        .And("environment_id = {0}", filter.EnvironmentId)
        .And("status = {0}", (short?)filter.Status)
        .And("is_archived = {0}", filter.IsArchived)
        .And("tags @> ARRAY[{0}]", filter.Tag is { } tag ? OrdinalText.Of(tag) : null)
        .And("(position({0} in name_any_case) > 0 OR position({0} in display_name_any_case) > 0)", filter.Search is { } search ? OrdinalText.OfAnyCase(search) : null);

    /// <summary>What follows ORDER BY.</summary>
    public static string Of(DefinitionOrder order)
    {
        string direction = order.IsDescending ? "DESC" : "ASC";
        return order.Column switch
        {
            DefinitionColumn.Name => $"display_name_any_case {direction}, name",
            DefinitionColumn.State => $"state {direction}, {Newest}",
            DefinitionColumn.Updated => $"updated_at {direction}, {Newest}",
            _ => order.IsDescending ? Newest : "created_at, sequence",
        };
    }

    public static SqlCondition Of(AuditFilter filter) => new SqlCondition()
        .And("environment_id = {0}", filter.EnvironmentId)
        .And("resource_id = {0}", filter.ResourceId)
        .And("kind = {0}", (short?)filter.Kind)
        .And("action = {0}", (short?)filter.Action)
        .And("actor = {0}", filter.Actor is { } actor ? OrdinalText.Of(actor) : null)
        .And("position({0} in text_any_case) > 0", filter.Search is { } search ? OrdinalText.OfAnyCase(search) : null)
        .And("at >= {0}", filter.From?.UtcTicks)
        .And("at < {0}", filter.Until?.UtcTicks);
}
