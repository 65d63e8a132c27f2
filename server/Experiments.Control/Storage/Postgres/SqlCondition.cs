using System.Globalization;
using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>A WHERE clause that is put together, with its parameters.</summary>
internal sealed class SqlCondition
{
    private readonly List<string> _terms = [];
    private readonly List<object> _parameters = [];

    /// <param name="term">With <c>{0}</c> for the parameter.</param>
    /// <param name="parameter">Null leaves the term out.</param>
    public SqlCondition And(string term, object? parameter)
    {
        if (parameter is not null)
        {
            _parameters.Add(parameter);
            _terms.Add(string.Format(CultureInfo.InvariantCulture, term, $"${_parameters.Count}"));
        }

        return this;
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (object parameter in _parameters)
        {
            parameters.Add(new NpgsqlParameter { Value = parameter });
        }
    }

    public override string ToString() => _terms.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _terms);
}
